import type { ThemeConfig } from 'antd'

export const desk: ThemeConfig = {
  token: {
    colorPrimary: '#0F5F70',
    colorLink: '#0F5F70',
    colorInfo: '#2A6FDB',
    colorSuccess: '#2B8A4B',
    colorWarning: '#E2A400',
    colorError: '#CC2F2F',
    colorText: '#13212B',
    colorTextSecondary: '#384954',
    colorTextTertiary: '#5A6B76',
    // antd derives the tint of placeholders from the text's; this one keeps them at 4.5:1.
    colorTextPlaceholder: '#5A6B76',
    colorBorder: '#B6C1C8',
    colorBorderSecondary: '#D9E0E4',
    colorBgLayout: '#F5F7F8',
    fontFamily: 'var(--font)',
    fontSize: 14,
    controlHeight: 32,
    borderRadius: 6,
    borderRadiusLG: 10,
    borderRadiusSM: 4,
    lineWidthFocus: 2,
    motionDurationMid: '0.16s',
  },
  components: {
    Layout: { headerBg: '#fff', headerHeight: 48, headerPadding: '0 16px', siderBg: '#fff' },
    Menu: { itemHeight: 36, itemSelectedBg: '#EDF6F8', itemSelectedColor: '#0F5F70' },
    Table: {
      headerBg: '#F5F7F8',
      headerColor: '#5A6B76',
      headerSplitColor: 'transparent',
      rowHoverBg: '#F5F7F8',
      rowSelectedBg: '#EDF6F8',
      cellFontSizeSM: 13,
      cellPaddingBlockSM: 6,
    },
    Button: { primaryShadow: 'none', defaultShadow: 'none' },
    Card: { bodyPadding: 16 },
  },
}
