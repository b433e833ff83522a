import { kindOf, placeOf } from "./lines";

test.each([
  ["receipt", "250.50", "receipt", "receipt"],
  ["receipt", "-250.50", "receipt_reversed", "receipt"],
  ["shipment", "-5098.95", "shipment", "shipment"],
  ["shipment", "24.19", "shipment_credited", "shipment"],
  ["return", "12.00", "return", "return"],
  ["order", "-1.00", "order", "order"],
  ["opening", "100.00", "opening", null],
  ["something", "1.00", "other", null],
])("a movement of a %s by %s is told as %s and opens %s", (source_type, change, kind, place) => {
  expect(kindOf({ source_type, change })).toBe(kind);
  expect(placeOf({ source_type, change })).toBe(place);
});
