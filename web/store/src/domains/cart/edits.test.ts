import type { CartLineIn, CartOut } from "@/gen/model";
import { CartEdits, type Wanted } from "./edits";

const CART = {} as CartOut;

function wanted(skuId: number, quantity: string): Wanted {
  const lines = quantity === "0" ? [] : [{ unit: "箱", quantity }];
  return { skuId, counts: { 箱: quantity }, lines, units: ["箱", "瓶"] };
}

/** A server that answers when it is told to, and a clock that only the test moves. */
function bench() {
  const sent: CartLineIn[][] = [];
  const answers: { ok: () => void; refuse: (error: unknown) => void }[] = [];
  let waiting: (() => void)[] = [];
  const edits = new CartEdits({
    send: (lines) => {
      sent.push(lines);
      return new Promise((resolve, reject) => answers.push({ ok: () => resolve(CART), refuse: reject }));
    },
    isOvertaken: (error) => (error as { status?: number }).status === 412,
    wait: (then) => {
      waiting.push(then);
      return () => {
        waiting = waiting.filter((one) => one !== then);
      };
    },
  });
  const tick = async () => {
    const due = waiting;
    waiting = [];
    for (const one of due) one();
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  return { edits, sent, answers, tick, isWaiting: () => waiting.length > 0 };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe("edits of a cart", () => {
  test("are shown at once and sent together, units that are gone as zero", async () => {
    const { edits, sent, answers, tick } = bench();

    edits.want(wanted(1, "1"));
    edits.want(wanted(1, "2"));
    edits.want(wanted(2, "0"));
    expect(edits.current().wanted.get(1)?.counts).toEqual({ 箱: "2" });
    expect(sent).toEqual([]);

    await tick();
    expect(sent).toEqual([
      [
        { sku_id: 1, unit: "箱", quantity: "2" },
        { sku_id: 1, unit: "瓶", quantity: "0" },
        { sku_id: 2, unit: "箱", quantity: "0" },
        { sku_id: 2, unit: "瓶", quantity: "0" },
      ],
    ]);
    expect(edits.current().isSending).toBe(true);

    answers[0]?.ok();
    await settled();
    expect(edits.current()).toMatchObject({ isSending: false, error: null });
    expect(edits.current().wanted.size).toBe(0);
  });

  test("made while others are under way go out after them, never beside them", async () => {
    const { edits, sent, answers, tick } = bench();
    edits.want(wanted(1, "1"));
    await tick();
    edits.want(wanted(1, "5"));
    await tick();
    expect(sent).toHaveLength(1);

    answers[0]?.ok();
    await settled();
    expect(edits.current().wanted.get(1)?.counts).toEqual({ 箱: "5" });
    await tick();
    expect(sent[1]?.[0]).toEqual({ sku_id: 1, unit: "箱", quantity: "5" });
  });

  test("without an answer are kept and sent again", async () => {
    const { edits, sent, answers, tick } = bench();
    edits.want(wanted(1, "3"));
    await tick();

    answers[0]?.refuse({ code: "client.offline" });
    await settled();
    expect(edits.current().wanted.get(1)?.counts).toEqual({ 箱: "3" });
    await tick();
    expect(sent[1]).toEqual(sent[0]);
  });

  test("that somebody overtook give way to what stands; a refused one stays to be corrected", async () => {
    const { edits, answers, tick, isWaiting } = bench();
    edits.want(wanted(1, "3"));
    await tick();
    answers[0]?.refuse({ status: 412 });
    await settled();
    expect(edits.current().wanted.size).toBe(0);
    expect(edits.current().error).toEqual({ status: 412 });

    edits.want(wanted(1, "4"));
    await tick();
    answers[1]?.refuse({ status: 422, code: "orders.not_sellable" });
    await settled();
    expect(edits.current().wanted.get(1)?.counts).toEqual({ 箱: "4" });
    expect(isWaiting()).toBe(false);
  });

  test("flushing waits for what is under way and sends the rest", async () => {
    const { edits, sent, answers, tick } = bench();
    edits.want(wanted(1, "3"));
    const flushed = edits.flush();
    expect(sent).toHaveLength(1);
    answers[0]?.ok();
    await flushed;
    await tick();
    expect(sent).toHaveLength(1);
  });
});
