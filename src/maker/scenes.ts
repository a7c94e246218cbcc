// Pictures of what goes wrong in a city, before and after, drawn as SVG on a ground of 400 x 300.

export type Moment = 'before' | 'after'

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i)

/** Figures that look scattered but are the same each time. */
const scatter = (i: number, salt: number): number => {
  const value = Math.sin(i * 127.1 + salt * 311.7) * 43758.5453
  return value - Math.floor(value)
}

const DEFS = `<defs>
<linearGradient id="road" x1="0" y1="0" x2=".3" y2="1"><stop offset="0" stop-color="#8b8f90"/><stop offset="1" stop-color="#6a6e70"/></linearGradient>
<linearGradient id="pave" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#a8a397"/><stop offset="1" stop-color="#bdb8ac"/></linearGradient>
<linearGradient id="wall" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#cfc9bb"/><stop offset="1" stop-color="#b9b2a2"/></linearGradient>
<linearGradient id="dusk" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#1a2438"/><stop offset=".7" stop-color="#39455c"/><stop offset="1" stop-color="#5a5560"/></linearGradient>
<linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#9fb9cd"/><stop offset="1" stop-color="#dde4e6"/></linearGradient>
<radialGradient id="hole"><stop offset="0" stop-color="#0b0d0e"/><stop offset="1" stop-color="#2a2d2f"/></radialGradient>
<radialGradient id="glow"><stop offset="0" stop-color="#fff4cf" stop-opacity=".95"/><stop offset=".3" stop-color="#ffdf96" stop-opacity=".45"/><stop offset="1" stop-color="#ffd27a" stop-opacity="0"/></radialGradient>
</defs>`

/** Paving stones that run away from the camera. */
function paving(top: number, line: string): string {
  const joints = range(17).map((i) => `M${200 + (i - 8) * 26} ${top}L${200 + (i - 8) * 74} 300`)
  const rows = range(8).map((i) => `M0 ${top + (300 - top) * ((i + 1) / 8) ** 1.7}H400`)
  return `<path d="${[...joints, ...rows].join('')}" stroke="${line}" stroke-width="1.2" fill="none" opacity=".7"/>`
}

const bricks = (bottom: number): string =>
  range(Math.ceil(bottom / 13))
    .map((row) => `M0 ${row * 13}H400${range(15).map((i) => `M${i * 30 + (row % 2) * 15} ${row * 13}v13`).join('')}`)
    .join('')

function cover(moment: Moment): string {
  const broken = moment === 'before'
  return `<rect width="400" height="300" fill="url(#road)"/>
<path d="M0 0H400V62L0 104Z" fill="#b9b4a8"/>
<g stroke="#a19b8e" stroke-width="1.8">${range(9).map((i) => `<path d="M${i * 57} ${104 - i * 6}L${38 + i * 46} 0"/>`).join('')}<path d="M0 52L400 16"/></g>
<path d="M0 104L400 62V79L0 123Z" fill="#d4d0c5"/><path d="M0 123L400 79V83L0 128Z" fill="#4d5052"/>
<path d="M0 280L400 205V219L0 296Z" fill="#d8b64c" opacity=".7"/>
<ellipse cx="206" cy="180" rx="97" ry="62" fill="#55595b"/><ellipse cx="206" cy="178" rx="92" ry="58" fill="#3b3f41"/>
<ellipse cx="206" cy="176" rx="82" ry="51" fill="${broken ? '#5a5e60' : '#767b7d'}"/>
<g stroke="#2d3032" stroke-width="3.6" opacity=".9">${range(9).map((i) => `<path d="M${131 + i * 19} ${176 - 44 + Math.abs(i - 4) * 5}V${176 + 44 - Math.abs(i - 4) * 5}"/>`).join('')}<path d="M127 176H285M137 157H275M137 195H275"/></g>
${
  broken
    ? `<path d="M206 176L295 161Q290 205 245 221L187 218L175 188Z" fill="url(#hole)"/><path d="M206 176L150 139M206 176L137 199M175 188L158 224" stroke="#121415" stroke-width="3.4" fill="none"/><path d="M187 218L216 230 238 216" fill="#4c5052"/>
<path d="M300 140l24-8M306 206l30 14M112 214l-26 16" stroke="#3a3d3f" stroke-width="2.4" fill="none"/>`
    : '<ellipse cx="206" cy="176" rx="82" ry="51" fill="none" stroke="#959a9c" stroke-width="3"/><ellipse cx="206" cy="176" rx="17" ry="10" fill="none" stroke="#959a9c" stroke-width="2.4"/><path d="M107 180a99 63 0 0 1 198 0" fill="none" stroke="#a5a8a9" stroke-width="3" opacity=".7"/>'
}`
}

function rubbish(moment: Moment): string {
  const bin = (x: number, colour: string, open: boolean): string => `<path d="M${x} 128h52l-5 74h-42z" fill="${colour}"/><path d="M${x + 8} 140l3 54M${x + 26} 140v54M${x + 44} 140l-3 54" stroke="#00000033" stroke-width="2.4"/>
${open ? `<path d="M${x - 3} 128l10-22h46l2 6-4 16z" fill="${colour}" opacity=".85"/><path d="M${x + 4} 128q10-18 22-10t20 10z" fill="#d8d4cc"/>` : `<rect x="${x - 3}" y="120" width="58" height="10" rx="4" fill="${colour}"/>`}
<circle cx="${x + 10}" cy="204" r="5" fill="#222"/><circle cx="${x + 42}" cy="204" r="5" fill="#222"/>`
  const bag = (x: number, y: number, r: number, colour: string): string =>
    `<path d="M${x - r} ${y}q-4 ${-r * 1.5} ${r} ${-r * 1.5}q${r + 4} 0 ${r} ${r * 1.5}q${-r} ${r * 0.35} ${-2 * r} 0z" fill="${colour}"/><path d="M${x - 3} ${y - r * 1.5}l3-8 4 8" fill="${colour}"/><path d="M${x - r * 0.4} ${y - r * 0.9}q6 4 4 ${r * 0.7}" stroke="#ffffff44" stroke-width="2" fill="none"/>`
  const mess =
    [bag(96, 216, 22, '#33373a'), bag(136, 222, 26, '#22282b'), bag(178, 219, 20, '#e8e6e1'), bag(116, 246, 19, '#b34b3f'), bag(222, 232, 23, '#3a4a58'), bag(262, 226, 17, '#2b2f31')].join('') +
    range(46)
      .map((i) => {
        const x = 40 + scatter(i, 1) * 320
        const y = 216 + scatter(i, 2) * 70
        const colour = ['#e9e5da', '#8b6b4a', '#c9402f', '#4d7a3c', '#d9d27a', '#7a8791'][i % 6]
        return `<rect x="${x}" y="${y}" width="${4 + scatter(i, 3) * 12}" height="${3 + scatter(i, 4) * 7}" fill="${colour}" transform="rotate(${scatter(i, 5) * 180} ${x} ${y})"/>`
      })
      .join('') +
    '<path d="M250 262q30-14 66 4q-20 16-66-4z" fill="#4a4335" opacity=".5"/>'
  return `<rect width="400" height="300" fill="url(#pave)"/><rect width="400" height="176" fill="url(#wall)"/><path d="${bricks(176)}" stroke="#a59d8c" stroke-width="1" fill="none" opacity=".6"/>
<rect y="166" width="400" height="14" fill="#8f897b"/>${paving(180, '#918b7e')}<ellipse cx="190" cy="212" rx="150" ry="12" fill="#000" opacity=".18"/>
${bin(96, '#3f7d4e', moment === 'before')}${bin(156, '#3a6fa5', false)}${bin(216, '#5c6066', moment === 'before')}${moment === 'before' ? mess : ''}`
}

function lamp(moment: Moment): string {
  const lit = moment === 'after'
  const houses = range(7).map((i) => {
    const x = i * 62 - 12
    const top = 92 + scatter(i, 7) * 50
    const windows = range(8).map((w) => `<rect x="${x + 8 + (w % 3) * 15}" y="${top + 12 + Math.floor(w / 3) * 20}" width="8" height="10" fill="${scatter(i * 9 + w, 8) > 0.62 ? '#d9b766' : '#1d2533'}"/>`)
    return `<rect x="${x}" y="${top}" width="56" height="${210 - top}" fill="#222b3b"/>${windows.join('')}`
  })
  const pole = (x: number, top: number, reach: number, on: boolean): string =>
    `<path d="M${x} 232V${top}q0-12 ${reach * 0.4}-12h${reach * 0.6}" fill="none" stroke="#0e131b" stroke-width="${reach > 40 ? 5 : 3}"/><path d="M${x + reach - 14} ${top - 16}h24l4 8h-30z" fill="${on ? '#fff3c9' : '#141a24'}"/>${on ? `<ellipse cx="${x + reach}" cy="${top - 4}" rx="${reach * 1.5}" ry="${reach * 1.3}" fill="url(#glow)"/><path d="M${x + reach - 12} ${top - 8}h28l50 150h-130z" fill="#ffe3a3" opacity=".13"/>` : ''}`
  return `<rect width="400" height="300" fill="url(#dusk)"/>${houses.join('')}<path d="M0 204H400V300H0Z" fill="#1c222c"/><path d="M0 204H400L400 220H0Z" fill="#2a313d"/>
<path d="M190 300L204 206H212L246 300Z" fill="#3d4450" opacity=".8"/>${lit ? '<ellipse cx="190" cy="256" rx="160" ry="42" fill="#ffdf9e" opacity=".2"/>' : ''}
${pole(310, 150, 26, true)}${pole(96, 74, 56, lit)}${lit ? '' : '<path d="M0 0H400V300H0Z" fill="#05080e" opacity=".25"/>'}`
}

function bikes(moment: Moment): string {
  const bike = (x: number, y: number, turn: number, size: number, colour: string): string =>
    `<g transform="translate(${x} ${y}) rotate(${turn}) scale(${size})" fill="none" stroke-width="3"><circle cx="-24" cy="0" r="16" stroke="#24282b"/><circle cx="24" cy="0" r="16" stroke="#24282b"/><path d="M-24 0L-8 -24H14L0 0H-24M0 0L-8 -24M14 -24L24 0M14 -24L11 -34H20M-8 -24L-10 -31" stroke="${colour}"/><path d="M-17 -32h13" stroke="#17191b" stroke-width="5"/><path d="M18 -30h14v9h-14z" fill="#3b4043" stroke="none"/></g>`
  const tactile = `<path d="M96 168L40 300H104L132 168Z" fill="#d9b23c"/>${range(7).map((i) => `<path d="M${94 - i * 7.6} ${174 + i * 19}h${38 + i * 4.2}" stroke="#b48f24" stroke-width="2"/>`).join('')}`
  const colours = ['#f2b705', '#2f86d6', '#f2b705', '#4aa564', '#2f86d6', '#f2b705']
  const mess = [bike(80, 232, 12, 0.95, colours[0]!), bike(150, 250, -74, 1, colours[1]!), bike(118, 202, 38, 0.8, colours[2]!), bike(206, 222, 8, 0.9, colours[3]!), bike(60, 272, -20, 1.1, colours[4]!), bike(252, 254, 70, 1, colours[5]!)]
  const tidy = range(6).map((i) => bike(196 + i * 34, 226 + i * 3, -6, 0.78, colours[i]!))
  return `<rect width="400" height="300" fill="url(#pave)"/><rect width="400" height="150" fill="#c4ccce"/><rect y="30" width="400" height="92" fill="#7f8b91"/>
${range(5).map((i) => `<rect x="${12 + i * 80}" y="40" width="62" height="76" fill="#a8bcc4"/><path d="M${16 + i * 80} 112L${60 + i * 80} 44" stroke="#c6d6db" stroke-width="5" opacity=".6"/>`).join('')}
<rect y="122" width="400" height="46" fill="#6f7573"/>${paving(168, '#938d80')}${tactile}<path d="M168 262L158 204H396L420 262Z" fill="none" stroke="#f4f4ee" stroke-width="4" opacity=".85"/>
${(moment === 'before' ? mess : tidy).join('')}`
}

function pothole(moment: Moment): string {
  const stones = range(90).map((i) => `<circle cx="${scatter(i, 11) * 400}" cy="${90 + scatter(i, 12) * 210}" r="${0.6 + scatter(i, 13) * 1.5}" fill="${i % 2 ? '#565a5c' : '#9da1a2'}" opacity=".6"/>`)
  return `<rect width="400" height="300" fill="url(#road)"/><path d="M0 0H400V78H0Z" fill="#9aa595"/><path d="M0 0H400V38H0Z" fill="url(#sky)"/>
${range(6).map((i) => `<path d="M${20 + i * 72} 78V${28 + scatter(i, 14) * 20}" stroke="#5d5346" stroke-width="5"/><circle cx="${20 + i * 72}" cy="${26 + scatter(i, 14) * 16}" r="${22 + scatter(i, 15) * 10}" fill="#6f8a5a"/>`).join('')}
<path d="M0 74H400V88H0Z" fill="#cdc9be"/><path d="M178 88L60 300H92L190 88Z" fill="#e6e4da" opacity=".85"/>${stones.join('')}
${
  moment === 'before'
    ? `<path d="M196 170q34-24 82-12t60 32q10 34-44 46t-100-8q-34-22 2-58z" fill="#4a4d4e"/><path d="M208 176q30-18 70-9t48 26q6 24-38 34t-80-6q-26-18 0-45z" fill="#25282a"/><path d="M226 196q40-16 82 4q-6 22-46 24t-46-12z" fill="#6d7f88" opacity=".85"/><path d="M240 202q24-8 52 2" stroke="#c9d8de" stroke-width="2.4" fill="none"/>
<path d="M196 174l-44-18-34 6M186 222l-52 22M338 192l40-12M300 236l34 34 30 6M262 158l10-36" stroke="#35383a" stroke-width="2.6" fill="none"/>`
    : '<path d="M178 152H350L372 250H158Z" fill="#3c3f41"/><path d="M178 152H350L372 250H158Z" fill="none" stroke="#2b2e30" stroke-width="4"/><path d="M190 170H346M182 194H352M174 220H362" stroke="#46494b" stroke-width="3" opacity=".8"/>'
}`
}

function poster(moment: Moment): string {
  const paper = (x: number, y: number, w: number, h: number, turn: number, colour: string): string => {
    const lines = range(Math.floor(h / 9) - 1).map((i) => `<rect x="${x + 5}" y="${y + 8 + i * 9}" width="${(w - 10) * (0.6 + scatter(i, x) * 0.4)}" height="${i === 0 ? 6 : 3}" fill="${i === 0 ? '#c22' : '#444'}" opacity=".75"/>`)
    return `<g transform="rotate(${turn} ${x} ${y})"><rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${colour}"/>${lines.join('')}<path d="M${x + w} ${y + h}l-9 0 9-9z" fill="#0003"/></g>`
  }
  const all = [paper(84, 70, 62, 84, -4, '#f4f0e2'), paper(158, 54, 50, 66, 3, '#f7e27c'), paper(226, 82, 70, 54, -2, '#f0f3f5'), paper(170, 136, 58, 76, 5, '#f2c9c4'), paper(96, 170, 54, 44, -6, '#dcecd3'), paper(256, 150, 48, 66, 2, '#f6f1d9'), paper(316, 96, 44, 60, -8, '#fff')]
  const cleaned = range(5).map((i) => `<rect x="${80 + i * 52}" y="${58 + scatter(i, 21) * 60}" width="${52 + scatter(i, 22) * 20}" height="${56 + scatter(i, 23) * 30}" fill="#d8d2c5" opacity=".55"/>`)
  return `<rect width="400" height="300" fill="url(#wall)"/><path d="${bricks(244)}" stroke="#a89f8d" stroke-width="1.2" fill="none" opacity=".8"/><rect y="236" width="400" height="64" fill="#a39d91"/><rect y="228" width="400" height="14" fill="#857f73"/>
<path d="M34 300V0H52V300Z" fill="#8e9294"/><path d="M34 0H40V300H34Z" fill="#a9adae"/>${(moment === 'before' ? all : cleaned).join('')}${moment === 'before' ? paper(30, 110, 26, 40, 0, '#f3ead0') : ''}`
}

function tree(moment: Moment): string {
  const leaves = (x: number, y: number, count: number, r: number, salt: number): string =>
    range(count)
      .map((i) => `<circle cx="${x + (scatter(i, salt) - 0.5) * r * 2.4}" cy="${y + (scatter(i, salt + 1) - 0.5) * r * 1.7}" r="${r * (0.22 + scatter(i, salt + 2) * 0.2)}" fill="${['#4f7440', '#5f8a4b', '#6d9a57', '#46683a'][i % 4]}"/>`)
      .join('')
  const broken = `<path d="M204 132L296 176" stroke="#5b4a38" stroke-width="13"/><path d="M204 130l26 2-8 16z" fill="#d9b98a"/><path d="M262 160L330 236M290 174L352 188" stroke="#5b4a38" stroke-width="6"/>${leaves(316, 226, 42, 52, 34)}`
  return `<rect width="400" height="300" fill="url(#sky)"/><path d="M0 120H400V214H0Z" fill="#b4aea2"/>${range(6).map((i) => `<rect x="${14 + i * 68}" y="134" width="40" height="52" fill="#8195a0"/>`).join('')}
<rect y="206" width="400" height="94" fill="url(#pave)"/>${paving(206, '#938d80')}<path d="M142 268h96l14 22H126z" fill="#5a4a3a"/><path d="M174 276Q184 200 178 120L170 70H212L206 122Q204 200 216 276Z" fill="#66533f"/><path d="M184 270Q192 190 188 110" stroke="#7b6650" stroke-width="4" fill="none"/>
${leaves(190, 64, 90, 92, 30)}${moment === 'before' ? broken : '<ellipse cx="207" cy="136" rx="8" ry="11" fill="#e2c79a"/><ellipse cx="207" cy="136" rx="4" ry="6" fill="none" stroke="#b5935f" stroke-width="1.4"/>'}`
}

const SCENES = { cover, rubbish, lamp, bikes, pothole, poster, tree } as const
export type SceneName = keyof typeof SCENES
export const SCENE_NAMES = Object.keys(SCENES) as SceneName[]

export const drawScene = (name: SceneName, moment: Moment, width: number, height: number): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 400 300" preserveAspectRatio="xMidYMid slice">${DEFS}${SCENES[name](moment)}</svg>`
