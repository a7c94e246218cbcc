// What a citizen wrote may name themselves or others. Before it is shown to the public, what looks like a person is covered. Pure.

const COVERS: readonly (readonly [RegExp, string])[] = [
  [/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, '***'],
  // Identity numbers and bank cards, then phones: the longer first, or half of one would be left.
  [/(?<!\d)\d{17}[\dXx](?!\d)/g, '***'],
  [/(?<!\d)\d{4}([ -]?\d{4}){2,3}[ -]?\d{1,4}(?!\d)/g, '***'],
  [/(?<!\d)(\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)/g, '***'],
  [/(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)/g, '***'],
  // 车牌: the letter of the province and that of the city are not a person; the rest is.
  [/([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z])[·\s]?[A-Z0-9]{5,6}(?![A-Z0-9])/g, '$1***'],
  // 几单元几室: the house is the place of the problem, the flat is someone's home.
  [/(\d+|[一二三四五六七八九十]+)单元\s*\d*(室|户|号)?/g, '**单元'],
  [/\d{2,4}(室|户)/g, '**$1'],
  [/(我叫|本人叫|我是|姓名|名字叫|联系人|户主)([：: ]?)[\u4e00-\u9fff]{2,3}(?=[，。,.；;、\s(（]|$|电话|手机|住)/g, '$1$2**'],
  [/([\u4e00-\u9fff])(先生|女士|小姐)/g, '某$2'],
  [/(?:微信|QQ|qq|wechat|WeChat)(号)?[：: ]?[\w-]{5,}/g, '***'],
]

/** The text without phones, mail, identity and card numbers, plates, flats and names that announce themselves. */
export const maskPersonal = (text: string): string => COVERS.reduce((covered, [pattern, cover]) => covered.replace(pattern, cover), text)
