// What a citizen wrote may name themselves or others. Before others read it, what looks like a person is covered. Pure.

type Cover = readonly [RegExp, string]

const CONTACTS: readonly Cover[] = [
  // Bounded, so that a long run of letters is not walked from each of its letters anew.
  [/(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(\.[\w-]+)+/g, '***'],
  // Identity numbers and bank cards, then phones: the longer first, or half of one would be left.
  [/(?<!\d)\d{17}[\dXx](?!\d)/g, '***'],
  [/(?<!\d)\d{4}([ -]?\d{4}){2,3}[ -]?\d{1,4}(?!\d)/g, '***'],
  [/(?<!\d)(\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)/g, '***'],
  [/(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)/g, '***'],
  [/(?:微信|QQ|qq|wechat|WeChat)(号)?[：: ]?[\w-]{5,}/g, '***'],
  [/(我叫|本人叫|我是|姓名|名字叫|联系人|户主)([：: ]?)[\u4e00-\u9fff]{2,3}(?=[，。,.；;、\s(（]|$|电话|手机|住)/g, '$1$2**'],
  [/([\u4e00-\u9fff])(先生|女士|小姐)/g, '某$2'],
]

const PLACES: readonly Cover[] = [
  // 车牌: the letter of the province and that of the city are not a person; the rest is.
  [/([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z])[·\s]?[A-Z0-9]{5,6}(?![A-Z0-9])/g, '$1***'],
  // 几单元几室: the house is the place of the problem, the flat is someone's home.
  [/(\d{1,4}|[一二三四五六七八九十]{1,4})单元\s*\d*(室|户|号)?/g, '**单元'],
  [/\d{2,4}(室|户)/g, '**$1'],
]

const cover = (text: string, covers: readonly Cover[]): string => covers.reduce((covered, [pattern, by]) => covered.replace(pattern, by), text)

/** For whoever works on a case and need not know who reported: without phones, mail, numbers of cards and names that announce themselves. */
export const maskContacts = (text: string): string => cover(text, CONTACTS)

/** For the public: also without plates and flats, which those who work on it have to find. */
export const maskPersonal = (text: string): string => cover(maskContacts(text), PLACES)
