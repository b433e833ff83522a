import { money, number, rate, unitPrice } from "@shared/money";
import { Link } from "@tanstack/react-router";
import { Drawer } from "antd";
import { useTranslation } from "react-i18next";
import { StateTag } from "./state-tag";
import { readTrace, type Trace, type TraceCandidate, type TraceOverride } from "./trace";
import { useFormat } from "./use-format";

/** The width that the server writes for a list that speaks to everyone. */
const EVERYONE = 2 ** 31;

function Candidate({ of: one, currency }: { of: TraceCandidate; currency: string }) {
  const { t } = useTranslation("prices");
  const format = useFormat();
  const isWinner = one.reason === "WON";
  return (
    <li className={isWinner ? "trace-winner" : "trace-loser"}>
      <div className="trace-line">
        <strong>{one.list}</strong>
        <span className="quiet">{t(`level.${one.level}`)}</span>
        <span className="figures trace-price">
          {unitPrice(one.price, currency)} / {one.unit}
        </span>
      </div>
      <div className="trace-line">
        <StateTag tone={isWinner ? "good" : "idle"}>{t(`reason.${one.reason}`)}</StateTag>
        <span className="quiet figures">
          {t(one.to ? "trace.valid" : "trace.valid_open", {
            from: format.day(one.from),
            to: format.day(one.to),
          })}
        </span>
      </div>
      <Terms of={one} currency={currency} />
    </li>
  );
}

/** What a list says beside its price: breaks, floor, rank, and the way to its version. */
function Terms({ of: one, currency }: { of: TraceCandidate; currency: string }) {
  const { t } = useTranslation("prices");
  const facts: string[] = [];
  if (one.listPrice && one.price && one.listPrice !== one.price)
    facts.push(`${t("trace.list_price")} ${unitPrice(one.listPrice, currency)}，${t("trace.reached")}`);
  if (one.breaks.length > 0)
    facts.push(
      t("trace.breaks", {
        steps: one.breaks
          .map(({ from, price }) =>
            t("trace.break", { from: number(from), price: unitPrice(price, currency) }),
          )
          .join("；"),
      }),
    );
  if (one.floor) facts.push(t("trace.floor", { price: unitPrice(one.floor, currency) }));
  if (one.project) facts.push(t("trace.project", { project: one.project }));
  if (one.priority) facts.push(t("trace.priority", { priority: one.priority }));
  if (one.width !== null && one.width < EVERYONE)
    facts.push(t("trace.width", { count: one.width, partners: number(one.width) }));
  if (facts.length === 0 && !one.version) return null;
  return (
    <div className="trace-line trace-terms">
      <span className="quiet figures">{facts.join(" · ")}</span>
      {one.version && (
        <Link to="/price-lists/$versionId" params={{ versionId: one.version }}>
          {t("trace.version")}
        </Link>
      )}
    </div>
  );
}

/** Whose hand set a price, how far from the list it is, and who agreed. */
function Hand({ of: override, currency }: { of: TraceOverride; currency: string }) {
  const { t } = useTranslation("prices");
  const roleName = (role: string) => {
    const known = (["ADMINISTRATOR", "CHANNEL_MANAGER", "SALES_OPERATIONS"] as const).find(
      (name) => name === role,
    );
    return known ? t(`page.role.${known}`) : role;
  };
  return (
    <li className="trace-winner">
      <div className="trace-line">
        <strong>{t("trace.override")}</strong>
        <span className="figures trace-price">{unitPrice(override.unit_price, currency)}</span>
      </div>
      {override.reason && <div className="quiet">{override.reason}</div>}
      {override.role && override.discount !== null && (
        <div className="quiet">
          {t(override.discount.startsWith("-") ? "trace.surcharge" : "trace.role", {
            role: roleName(override.role),
            rate: rate(override.discount.replace("-", ""), 2),
          })}
        </div>
      )}
      {override.approvedBy && (
        <div className="quiet">{t("trace.approved", { role: roleName(override.approvedBy) })}</div>
      )}
    </li>
  );
}

function Body({ of: trace }: { of: Trace }) {
  const { t } = useTranslation("prices");
  const format = useFormat();
  const winner = trace.candidates.find((one) => one.reason === "WON");
  const losers = trace.candidates.filter((one) => one !== winner);
  return (
    <div className="stack">
      {trace.on && trace.quantity && (
        <p className="quiet figures">
          {t("trace.query", {
            day: format.day(trace.on),
            quantity: number(trace.quantity),
          })}
        </p>
      )}
      <section>
        <h3>{t("trace.decided")}</h3>
        <ol className="trace-list">
          {winner && <Candidate of={winner} currency={trace.currency} />}
          {trace.override && <Hand of={trace.override} currency={trace.currency} />}
          <li className="trace-winner">
            <div className="trace-line">
              <strong>{t("trace.amount")}</strong>
              <span className="figures trace-price">{money(trace.amount, trace.currency)}</span>
            </div>
            <div className="quiet">{t("trace.rounded")}</div>
          </li>
        </ol>
      </section>
      {losers.length > 0 && (
        <section>
          <h3>{t("trace.others")}</h3>
          <ol className="trace-list">
            {losers.map((one) => (
              <Candidate key={`${one.list} ${one.from} ${one.reason}`} of={one} currency={trace.currency} />
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}

interface TraceDrawerProps {
  /** The line's stored trace, or null while nothing is asked. */
  trace: unknown;
  title: string;
  isOpen: boolean;
  onClose: () => void;
}

/** "Why this price": who decided, what was set by hand, what it came to, and who lost with which reason. */
export function TraceDrawer({ trace, title, isOpen, onClose }: TraceDrawerProps) {
  const { t } = useTranslation("prices");
  const read = readTrace(trace);
  return (
    <Drawer open={isOpen} onClose={onClose} size={460} title={t("trace.title", { name: title })}>
      {read ? <Body of={read} /> : <p className="quiet">{t("trace.none")}</p>}
    </Drawer>
  );
}
