import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { SESSION, showPage } from "@/testing/show-page";

const DEALER = {
  id: 28,
  code: "D001",
  name: "苏州盛达",
  kind: "DISTRIBUTOR",
  parent_id: 3,
  path: "000001.000003.00001c.",
  timezone: "Asia/Shanghai",
  is_active: true,
  seats: 20,
  version: 1,
};

const USER = {
  id: 8,
  username: "dealer",
  name: "郑永康",
  phone: "",
  email: "",
  organization_id: 28,
  organization_name: "苏州盛达",
  roles: ["OWNER"],
  is_active: true,
  has_totp: false,
  must_change_password: false,
  last_seen_at: null,
  version: 3,
  allowed_actions: ["change", "deactivate", "reset_password"],
};

const HEALTH = {
  measured_at: "2026-11-28T04:00:00Z",
  version: "0.1.0",
  python_version: "3.11.7",
  findings: [{ code: "work_fails", severity: "BAD", about: "warehouse" }],
  database: {
    version: "18.4",
    embedded: true,
    size_bytes: 1024 * 1024 * 863,
    connections: 14,
    connections_max: 120,
    horizon_behind: 0,
    horizon_held_since: null,
  },
  worker_seen_at: "2026-11-28T03:59:50Z",
  works: [
    {
      name: "warehouse",
      module: "insights",
      every_seconds: 1,
      ran_at: "2026-11-28T03:59:50Z",
      took_ms: 12,
      failures: 3,
      problem: "OperationalError",
      due_at: "2026-11-28T04:00:00Z",
      rests: false,
    },
  ],
  jobs: [],
  job_waiting_since: null,
  consumers: [],
  warehouse_on: true,
  warehouse_at: null,
  disk_free_bytes: 1024 ** 3,
  disk_total_bytes: 1024 ** 3 * 10,
  backup: null,
};

const scopes = [...SESSION.scopes];
beforeEach(() => {
  SESSION.scopes = [
    "session:use",
    "users:read",
    "users:write",
    "settings:read",
    "settings:write",
    "organizations:read",
    "audit:read",
    "system:read",
  ];
});
afterEach(() => {
  SESSION.scopes = [...scopes];
});

test("a password is reset only after one was told what happens, and is shown once", async () => {
  const { asked } = showPage("/users", {
    "GET /users": { items: [USER], next_cursor: null },
    "POST /users/8/reset-password": { one_time_password: "kT-93x" },
  });

  fireEvent.click(await screen.findByRole("button", { name: "郑永康 的更多操作" }));
  expect(screen.queryByText("以 TA 的身份查看")).toBeNull(); // not among what may be done
  fireEvent.click(await screen.findByText("重置密码"));
  const dialog = await screen.findByRole("dialog");
  expect(dialog.textContent).toContain("所有设备立即退出");
  expect(asked.some((one) => one.method === "POST")).toBe(false);
  fireEvent.click(within(dialog).getByRole("button", { name: "重置密码" }));

  expect(await screen.findByText("kT-93x")).toBeTruthy();
  expect(screen.getByText("关闭后不再显示，也无法找回。")).toBeTruthy();
  expect(asked.filter((one) => one.method === "POST").map((one) => [one.path, one.body])).toEqual([
    ["/users/8/reset-password", { second_factor: false }],
  ]);
});

test("who lacks the scope is told which roles have it", async () => {
  SESSION.scopes = ["session:use"];
  const { asked } = showPage("/settings/health", {
    "GET /roles": [
      { role: "ADMINISTRATOR", for_partners: false, scopes: ["system:read"] },
      { role: "ANALYST", for_partners: false, scopes: ["metrics:read"] },
    ],
  });

  expect(await screen.findByText("有这项权限的角色：管理员。请联系管理员开通。")).toBeTruthy();
  expect(asked.some((one) => one.path === "/system/health")).toBe(false);
});

test("the health page says what wants a person, and that a backup is not known", async () => {
  showPage("/settings/health", { "GET /system/health": HEALTH });

  expect(await screen.findByText(/“更新分析数据”最近一次运行失败/)).toBeTruthy();
  expect(screen.getByText("连续失败 3 次")).toBeTruthy();
  expect(screen.getByText("863 MB")).toBeTruthy();
  expect(screen.getAllByText("未知")).toHaveLength(2); // the backup, and the figures' day
});

test("a changed option is sent with its version and reason, its example shown first", async () => {
  const setting = {
    key: "numbering.order",
    module: "orders",
    kind: "record",
    label_zh: "订单编号",
    label_en: "Order numbers",
    help_zh: "",
    help_en: "",
    limits: {
      parts: [
        { name: "prefix", label_zh: "前缀", label_en: "Prefix", kind: "text", pattern: "[A-Z]{1,6}" },
        { name: "digits", label_zh: "位数", label_en: "Digits", kind: "whole", low: 3, high: 10 },
      ],
    },
    value: { prefix: "XS", digits: 4, reset: "YEAR" },
    default: { prefix: "XS", digits: 4, reset: "YEAR" },
    inherited: { prefix: "XS", digits: 4, reset: "YEAR" },
    per_seller: false,
    seller_id: null,
    scope: "settings:write",
    may_change: true,
    version: 0,
    updated_at: null,
    updated_by: null,
    updated_by_name: "",
  };
  const { asked } = showPage("/settings/options", {
    "GET /settings": [setting],
    "PUT /settings/numbering.order": { ...setting, version: 1 },
  });

  fireEvent.click(await screen.findByRole("button", { name: /修.?改/ }));
  const dialog = await screen.findByRole("dialog");
  fireEvent.change(within(dialog).getByLabelText("前缀"), { target: { value: "so" } });
  expect(within(dialog).getByText("这样的值不被允许，请调整。")).toBeTruthy();
  fireEvent.change(within(dialog).getByLabelText("前缀"), { target: { value: "SO" } });
  expect(dialog.textContent).toMatch(/SO\d{4}-0018/);
  fireEvent.change(within(dialog).getByLabelText("原因"), { target: { value: "统一前缀" } });
  fireEvent.click(within(dialog).getByRole("button", { name: "保存" }));

  await waitFor(() =>
    expect(asked.find((one) => one.method === "PUT")?.body).toEqual({
      value: { prefix: "SO", digits: 4, reset: "YEAR" },
      reason: "统一前缀",
      version: 0,
    }),
  );
});

test("a change in the trail stands before and after side by side, with its document one click away", async () => {
  showPage("/settings/audit", {
    "GET /audit": {
      items: [
        {
          id: 1,
          at: "2026-11-28T04:00:00Z",
          user_id: 1,
          user_name: "周敏",
          impersonator_id: null,
          impersonator_name: "",
          action: "partner.updated",
          subject_type: "partner",
          subject_id: "28",
          subject_name: "苏州盛达商贸有限公司",
          subject_label_zh: "",
          subject_label_en: "",
          reason: "年度评级",
          before: { tier: "B", name: "苏州盛达" },
          after: { tier: "A", name: "苏州盛达" },
          request_id: "r1",
        },
        {
          id: 2,
          at: "2026-11-28T03:00:00Z",
          user_id: 1,
          user_name: "周敏",
          impersonator_id: null,
          impersonator_name: "",
          action: "setting.changed",
          subject_type: "setting",
          subject_id: "orders.steps.7",
          subject_name: "华东分公司",
          subject_label_zh: "订单审核步骤",
          subject_label_en: "Steps of an order",
          reason: "",
          before: { value: [] },
          after: { value: ["CONFIRM"] },
          request_id: "r2",
        },
      ],
      next_cursor: null,
    },
    "GET /users": { items: [], next_cursor: null },
  });

  expect(await screen.findByText("参数 订单审核步骤 · 华东分公司")).toBeTruthy();
  fireEvent.click(await screen.findByRole("button", { name: "伙伴 · 修改" }));
  const drawer = await screen.findByRole("dialog");

  expect(within(drawer).getByText("等级")).toBeTruthy();
  expect(within(drawer).getByText("B").className).toBe("diff-before");
  expect(within(drawer).getByText("A").className).toBe("diff-after");
  expect(within(drawer).queryByText("苏州盛达")).toBeNull(); // did not change
  const thing = within(drawer).getByRole("link", { name: "伙伴 苏州盛达商贸有限公司" });
  expect(thing.getAttribute("href")).toBe("/partners/28");
  expect(within(drawer).getByText("28")).toBeTruthy(); // what the trail is narrowed by
});

test("moving asks for the effect before it is done and says from which day", async () => {
  SESSION.scopes = [...SESSION.scopes, "organizations:write"];
  const branch = { ...DEALER, id: 3, name: "华东大区", kind: "BRANCH", parent_id: 1, path: "000001.000003." };
  const { asked } = showPage("/settings/organization?organization=28", {
    "GET /organizations/28": DEALER,
    "GET /organizations/3": branch,
    "GET /organizations/1": {
      ...branch,
      id: 1,
      name: "沐禾集团",
      kind: "BRAND",
      parent_id: null,
      path: "000001.",
    },
    "GET /organizations": { items: [{ ...branch, id: 4, name: "华南大区" }], next_cursor: null },
    "GET /organizations/4": { ...branch, id: 4, name: "华南大区" },
    "GET /organizations/28/placements": [
      { parent_id: 3, parent_name: "华东大区", path: DEALER.path, valid_from: "2026-01-01", valid_to: null },
    ],
    "GET /organizations/28/seats": { organization_id: 28, used: 3, seats: 20, roles: [] },
    "POST /organizations/28/move-preview": {
      organizations: 6,
      users: 4,
      rows: {
        "orders_order.buyer_path": 57,
        "orders_order.seller_path": 12,
        "platform_event.visible_path": 9,
      },
      path_after: "000001.000004.00001c.",
    },
  });

  fireEvent.click(await screen.findByRole("button", { name: /移.?动/ }));
  const dialog = await screen.findByRole("dialog");
  expect(await within(dialog).findByText("目前隶属：华东大区")).toBeTruthy();
  const confirm = within(dialog).getByRole("button", { name: "确认移动" }) as HTMLButtonElement;
  fireEvent.mouseDown(within(dialog).getByRole("combobox", { name: "移到哪一家之下" }));
  fireEvent.click(await screen.findByText("华南大区 · 分公司"));

  const effect = await within(dialog).findByRole("region", { name: "移动会带来的变化" });
  expect(effect.textContent).toContain("订单57"); // not the sum of both paths of a row
  expect(effect.textContent).toContain("其他记录9");
  expect(effect.textContent).toContain("“华东大区”及其分支的人将不再看到“苏州盛达”及其下级。");
  expect(confirm.disabled).toBe(true); // a reason is still missing
  expect(asked.filter((one) => one.path.endsWith("/move"))).toEqual([]);
});
