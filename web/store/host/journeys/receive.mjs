// Finds an order by its last digits, receives its shipment with less than was shipped. Tells what was seen as one JSON.
//   node receive.mjs SERVER USER PASSWORD NUMBER SKU_NAME BASE_UNIT RECEIVED
import { Driver } from "../driver.mjs";

const [server, username, password, number, skuName, unit, received] = process.argv.slice(2);
const phone = Driver.built(server);

async function receive() {
  await phone.tap("订单");
  await phone.arrives("pages/orders/index");
  await phone.type("搜索订单", number.slice(-4));
  await phone.tap(new RegExp(number));
  await phone.arrives("packages/follow/order/index");
  await phone.sees(/已由.*发出/);
  await phone.tap("收货");
  await phone.arrives("packages/follow/receive/index");
  await phone.sees("与发货一致");
  await phone.tap(`改数量 ${skuName}`);
  await phone.type(`${skuName} 实收（${unit}）`, received);
  await phone.sees("1 种有出入");
  await phone.tap("按实收入库");
  await phone.until(
    () =>
      phone.host.network.sent.some(
        ({ method, path, status }) => method === "POST" && /receive/.test(path) && status === 200,
      ),
    "it is booked",
  );
}

await phone.tell(async () => {
  await phone.signIn(username, password);
  await receive();
});
