"""Titles and kinds of the exported columns, where the list's own module does not say them."""

from __future__ import annotations

from huiliu.kernel.columns import Column, ColumnKind

NUMBER, DATE, INSTANT = ColumnKind.NUMBER, ColumnKind.DATE, ColumnKind.INSTANT

SKU_EXTRAS = (
    Column("product_code", "产品编码", "Product code"),
    Column("product_name", "产品名称", "Product", width=32),
    Column("brand", "品牌", "Brand"),
    Column("units", "单位", "Units", width=24),
    Column("barcodes", "条码", "Barcodes", width=32),
)
COST = Column("standard_cost", "标准成本", "Standard cost", NUMBER)

#: Keys are those of the rows of the order list.
ORDERS = (
    Column("number", "订单号", "Number", width=24),
    Column("external_number", "外部单号", "External number", width=20),
    Column("state", "状态", "State", words="orders:state"),
    Column("seller_name", "卖方", "Seller", width=32),
    Column("buyer_name", "买方", "Buyer", width=32),
    Column("business_date", "业务日期", "Business date", DATE),
    Column("line_count", "行数", "Lines", NUMBER),
    Column("gross_amount", "含税金额", "Gross amount", NUMBER),
    Column("currency", "币种", "Currency"),
    Column("submitted_at", "提交时间", "Submitted at", INSTANT, 20),
    Column("shipped_at", "发货时间", "Shipped at", INSTANT, 20),
    Column("received_at", "收货时间", "Received at", INSTANT, 20),
    Column("wanted_date", "要求到货日", "Wanted date", DATE),
)

#: Keys are attributes of an order line.
LINES = (
    Column("line_no", "行号", "Line", NUMBER),
    Column("sku_code", "商品编码", "Sku code"),
    Column("sku_name", "商品名称", "Goods", width=32),
    Column("entered_quantity", "数量", "Quantity", NUMBER),
    Column("unit", "单位", "Unit"),
    Column("ordered", "订货数（基本单位）", "Ordered (base units)", NUMBER),
    Column("unit_price", "含税单价", "Unit price", NUMBER),
    Column("tax_rate", "税率", "Tax rate", NUMBER),
    Column("gross_amount", "含税金额", "Gross amount", NUMBER),
    Column("net_amount", "不含税金额", "Net amount", NUMBER),
    Column("tax_amount", "税额", "Tax", NUMBER),
    Column("allocated", "已分配", "Allocated", NUMBER),
    Column("backordered", "欠货", "Backordered", NUMBER),
    Column("shipped", "已发", "Shipped", NUMBER),
    Column("received", "已收", "Received", NUMBER),
    Column("cancelled", "已取消", "Cancelled", NUMBER),
    Column("returned", "已退", "Returned", NUMBER),
)
ORDER_LINES = (
    Column("order_number", "订单号", "Order number", width=24),
    Column("external_number", "外部单号", "External number", width=20),
    Column("business_date", "业务日期", "Business date", DATE),
    Column("seller_name", "卖方", "Seller", width=32),
    Column("buyer_name", "买方", "Buyer", width=32),
    Column("state", "订单状态", "Order state", words="orders:state"),
    *LINES,
    Column("currency", "币种", "Currency"),
)
SHIPMENTS = (
    Column("number", "出库单号", "Number", width=24),
    Column("order_number", "订单号", "Order number", width=24),
    Column("warehouse_name", "仓库", "Warehouse", width=24),
    Column("state", "状态", "State", words="orders:shipment_state"),
    Column("business_date", "业务日期", "Business date", DATE),
    Column("shipped_at", "发货时间", "Shipped at", INSTANT, 20),
    Column("received_at", "收货时间", "Received at", INSTANT, 20),
    Column("note", "备注", "Note", width=32),
)
RETURNS = (
    Column("number", "退货单号", "Number", width=24),
    Column("order_number", "订单号", "Order number", width=24),
    Column("seller_name", "卖方", "Seller", width=32),
    Column("buyer_name", "买方", "Buyer", width=32),
    Column("state", "状态", "State", words="orders:return_state"),
    Column("business_date", "业务日期", "Business date", DATE),
    Column("requested_at", "申请时间", "Requested at", INSTANT, 20),
    Column("received_at", "收货时间", "Received at", INSTANT, 20),
    Column("reason", "原因", "Reason", width=32),
    Column("gross_amount", "含税金额", "Gross amount", NUMBER),
    Column("currency", "币种", "Currency"),
)
PRICES = (
    Column("list_code", "价目表", "Price list"),
    Column("sku_code", "商品编码", "Sku code"),
    Column("sku_name", "商品名称", "Goods", width=32),
    Column("unit", "单位", "Unit"),
    Column("unit_price", "含税单价", "Unit price", NUMBER),
    Column("floor_price", "最低价", "Floor price", NUMBER),
    Column("breaks", "阶梯价", "Breaks", width=32),
    Column("currency", "币种", "Currency"),
)
STOCK = (
    Column("sku_code", "商品编码", "Sku code"),
    Column("sku_name", "商品名称", "Goods", width=32),
    Column("base_unit", "单位", "Unit"),
    Column("organization_name", "组织", "Organization", width=32),
    Column("warehouse_name", "仓库", "Warehouse", width=24),
    Column("lot", "批次", "Lot", width=20),
    Column("on_hand", "在库", "On hand", NUMBER),
    Column("held", "占用", "Held", NUMBER),
    Column("available", "可用", "Available", NUMBER),
    Column("in_transit", "在途", "In transit", NUMBER),
)
BALANCES = (
    Column("buyer_name", "买方", "Buyer", width=32),
    Column("seller_name", "卖方", "Seller", width=32),
    Column("balance", "余额", "Balance", NUMBER),
    Column("held", "占用", "Held", NUMBER),
    Column("limit", "信用额度", "Credit limit", NUMBER),
    Column("available", "可用", "Available", NUMBER),
    Column("overdue", "逾期", "Overdue", NUMBER),
    Column("currency", "币种", "Currency"),
)
STATEMENT = (
    Column("at", "时间", "At", INSTANT, 20),
    Column("source_type", "单据类型", "Source type", words="money:source"),
    Column("document_number", "单据号", "Document", width=24),
    Column("note", "备注", "Note", width=32),
    Column("change", "变动", "Change", NUMBER),
    Column("balance", "结余", "Balance", NUMBER),
    Column("currency", "币种", "Currency"),
)
USERS = (
    Column("username", "用户名", "User name"),
    Column("name", "姓名", "Name"),
    Column("organization_name", "组织", "Organization", width=32),
    Column("roles", "角色", "Roles", width=32, words="access:role"),
    Column("phone", "手机", "Phone"),
    Column("email", "邮箱", "E-mail", width=24),
    Column("is_active", "启用", "Is active"),
    Column("created_at", "建立时间", "Created at", INSTANT, 20),
)
AUDIT = (
    Column("at", "时间", "At", INSTANT, 20),
    Column("user_name", "用户", "User"),
    Column(
        "action", "操作", "Action", width=24, words="administration:audit.subject + administration:audit.verb"
    ),
    Column("subject_type", "对象类型", "Subject", words="administration:audit.subject"),
    Column("subject_name", "对象", "Name", width=24),
    Column("subject_id", "对象标识", "Subject id", width=24),
    Column("reason", "原因", "Reason", width=32),
    Column("before", "变更前", "Before", width=40),
    Column("after", "变更后", "After", width=40),
)
