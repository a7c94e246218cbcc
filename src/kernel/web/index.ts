import '@fontsource-variable/noto-sans-sc/index.css'
import './tokens.css'
import './kit.css'
