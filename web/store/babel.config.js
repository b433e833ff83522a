// NutUI's parts come one by one, each with its own style: the whole sheet is 233 KB.
module.exports = {
  presets: [["taro", { framework: "react", ts: true, compiler: "webpack5", useBuiltIns: false }]],
  plugins: [
    [
      "import",
      {
        libraryName: "@nutui/nutui-react-taro",
        camel2DashComponentName: false,
        customName: (name) => `@nutui/nutui-react-taro/dist/es/packages/${name.toLowerCase()}`,
        style: (name) => `${name}/style/css`,
      },
      "nutui",
    ],
  ],
};
