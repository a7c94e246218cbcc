import { createRoot } from 'react-dom/client'
import '../../kernel/web/index.ts'

createRoot(document.getElementById('app')!).render(<main>城运</main>)
