// Signs in, finds goods by their initials, orders two cases and three bottles. Tells what was seen as one JSON.
//   node order.mjs SERVER USER PASSWORD [lost]      lost: the answer to the order never comes, three times over
import { Driver, pause } from "../driver.mjs";

const [server, username, password, how] = process.argv.slice(2);
const NAME = "北巷陈皮山楂汁 350ml";
const phone = Driver.built(server);
const { network } = phone.host;
const isOrder = ({ method, url }) => method === "POST" && /\/carts\/[^/]+\/submit|\/orders$/.test(url);

async function find() {
  await phone.tap("分类");
  await phone.arrives("pages/find/index");
  await phone.tap("搜商品名、拼音、条码");
  await phone.arrives("packages/order/search/index");
  await phone.type("搜索商品", "bxcpszz");
  await phone.tap(new RegExp(`加入进货单.*${NAME}|${NAME}.*加入进货单`));
  await phone.type(`${NAME} 箱数`, "2");
  await phone.type(`${NAME} 瓶数`, "3");
  await phone.until(
    () =>
      network.sent.some(
        ({ method, path, status }) => method !== "GET" && /carts/.test(path) && status === 200,
      ),
    "the cart is kept",
  );
}

async function order() {
  await phone.tap("去进货单");
  await phone.arrives("pages/cart/index");
  await phone.tap("去下单");
  await phone.arrives("packages/order/checkout/index");
  await phone.type("给供货方留言", "放后门");
  await phone.until(
    () => phone.all({ tag: "button", label: "提交订单" })[0]?.attrs.disabled === false,
    "it may be submitted",
  );
  let lost = how === "lost" ? 3 : 0;
  if (lost) network.become((request) => (isOrder(request) && lost-- > 0 ? "deaf" : "up"));
  await phone.tap("提交订单");
  if (how === "lost") await waited();
  await phone.arrives("packages/order/submitted/index");
  await phone.sees(/已提交，单号\s+XS/);
}

/** No answer came: it waits and says so; once there is a network again it goes out by itself, or by hand. */
async function waited() {
  await phone.until(
    () => network.sent.filter(({ state }) => state === "deaf").length >= 1,
    "an answer was lost",
  );
  network.become("up");
  await pause(0);
}

await phone.tell(async (told) => {
  await phone.signIn(username, password);
  await find();
  await order();
  told.said = /已提交，单号\s+(XS[\w-]+)/.exec(phone.text())[1];
  await phone.tap("看订单");
  await phone.arrives("packages/follow/order/index");
  await phone.sees(told.said);
});
