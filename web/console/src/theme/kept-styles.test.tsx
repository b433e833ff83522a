import { StyleProvider } from "@ant-design/cssinjs";
import { render } from "@testing-library/react";
import { Button, ConfigProvider } from "antd";
import { antdTheme, type Density, type Mode } from "./antd";
import { keptStyles } from "./kept-styles";

const styles = () => [...document.head.querySelectorAll("style")];
const cache = keptStyles();
const page = (mode: Mode, density: Density, content: React.ReactNode) => (
  <StyleProvider cache={cache}>
    <ConfigProvider theme={antdTheme(mode, density)}>{content}</ConfigProvider>
  </StyleProvider>
);

test("the styles of the last button stay for the next page's button, and are not written again", () => {
  const { rerender } = render(page("light", "dense", <Button>保存</Button>));
  const before = styles();
  expect(before.length).toBeGreaterThan(1);

  rerender(page("light", "dense", null));
  expect(styles()).toEqual(before);
  rerender(page("light", "dense", <Button>提交</Button>));

  expect(styles()).toEqual(before);
});

test("each theme has its own variables: going to and fro leaves none of the other's", () => {
  const { rerender, getByRole } = render(page("light", "dense", <Button>保存</Button>));
  const scopes = () => [...getByRole("button").classList].filter((name) => name.startsWith("huiliu-"));
  const primary = () => {
    const rule = styles()
      .map((style) => style.textContent ?? "")
      .findLast((text) => text.includes(`.${scopes()[0]}{`) && text.includes("--ant-color-primary:"));
    return rule?.match(/--ant-color-primary:([^;]+);/)?.[1];
  };
  expect(scopes()).toEqual(["huiliu-light-dense"]);
  const light = primary();

  rerender(page("dark", "dense", <Button>保存</Button>));
  expect(scopes()).toEqual(["huiliu-dark-dense"]);
  expect(primary()).not.toBe(light);

  rerender(page("light", "dense", <Button>保存</Button>));
  expect(scopes()).toEqual(["huiliu-light-dense"]);
  expect(primary()).toBe(light);
});
