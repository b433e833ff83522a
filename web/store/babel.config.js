/** `IS_WEAPP` is written as what it is, so that minifying drops the other product's branch and all that only it uses. */
const productAsConstant = ({ types }) => ({
  visitor: {
    ImportSpecifier(path) {
      if (path.node.imported.name !== "IS_WEAPP" || !/(^|\/)server$/.test(path.parent.source.value)) return;
      for (const place of path.scope.getBinding(path.node.local.name).referencePaths)
        place.replaceWith(types.booleanLiteral(process.env.TARO_ENV === "weapp"));
      if (path.parentPath.node.specifiers.length === 1) path.parentPath.remove();
      else path.remove();
    },
  },
});

module.exports = {
  presets: [["taro", { framework: "react", ts: true, compiler: "webpack5", useBuiltIns: false }]],
  plugins: [productAsConstant],
};
