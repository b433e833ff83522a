// Enters by WeChat. Tells what was seen as one JSON.
//   node enter.mjs SERVER USER PASSWORD CODES bind      a WeChat that is nobody's: by password once, and bound
//   node enter.mjs SERVER USER PASSWORD CODES phone     a WeChat that is nobody's: by the phone it knows, after a no; the
//                                                       code of its button is the last of CODES
//   node enter.mjs SERVER USER PASSWORD CODES silent    another start: in without a word, then unbound in the settings
import { Driver } from "../driver.mjs";

const [server, username, password, codes, how] = process.argv.slice(2);
const phone = Driver.built(server);
const { host } = phone;
const given = codes.split(",");
// Each code of wx.login counts once.
Object.defineProperty(host.answers, "login", { get: () => given.shift() });
const wasSent = (method, path, status) =>
  phone.until(
    () =>
      host.network.sent.some(
        (one) => one.method === method && one.path.endsWith(path) && one.status === status,
      ),
    `${method} ${path}`,
  );

async function bind() {
  await phone.arrives("pages/sign-in/index");
  await phone.sees("这个微信还没有绑定账号");
  await phone.type(/用户名/, username);
  await phone.type("密码", password);
  await phone.tap("登录");
  await phone.arrives("pages/home/index");
  await wasSent("POST", "/session/wechat/bindings", 201);
}

async function byPhone() {
  const code = given.pop();
  await phone.arrives("pages/sign-in/index");
  await phone.sees("这个微信还没有绑定账号");
  await phone.tap("用微信手机号一键登录");
  if (host.network.sent.some((one) => one.path.endsWith("/session/wechat/phone")))
    throw new Error("a no was no no");
  host.answers.phone = code;
  await phone.tap("用微信手机号一键登录");
  await phone.arrives("pages/home/index");
  await wasSent("POST", "/session/wechat/phone", 201);
}

async function silent() {
  await phone.arrives("pages/home/index");
  await wasSent("POST", "/session/wechat", 201);
  await phone.tap("我的");
  await phone.arrives("pages/mine/index");
  await phone.tap("设置");
  await phone.arrives("packages/mine/settings/index");
  await phone.tap("解除绑定");
  const [sheet] = await phone.until(() => {
    const found = phone.all({ css: "sheet-card" });
    return found.length && found;
  }, "it asks");
  await phone.tap("解除绑定", sheet);
  await wasSent("DELETE", "/session/wechat/bindings", 200);
  // What WeChat opened ended with it.
  await phone.arrives("pages/sign-in/index");
  await phone.field("密码");
}

await phone.tell(async () => {
  await host.launch();
  await { bind, phone: byPhone, silent }[how]();
});
