import { money, unitPrice } from "@shared/money";
import { Drawer } from "antd";
import { useTranslation } from "react-i18next";
import { StateTag } from "./state-tag";
import { readTrace, type Trace, type TraceCandidate } from "./trace";
import { useFormat } from "./use-format";

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
    </li>
  );
}

function Body({ of: trace }: { of: Trace }) {
  const { t } = useTranslation("prices");
  const winner = trace.candidates.find((one) => one.reason === "WON");
  const losers = trace.candidates.filter((one) => one !== winner);
  return (
    <div className="stack">
      <section>
        <h3>{t("trace.decided")}</h3>
        <ol className="trace-list">
          {winner && <Candidate of={winner} currency={trace.currency} />}
          {trace.override && (
            <li className="trace-winner">
              <div className="trace-line">
                <strong>{t("trace.override")}</strong>
                <span className="figures trace-price">
                  {unitPrice(trace.override.unit_price, trace.currency)}
                </span>
              </div>
              {trace.override.reason && <div className="quiet">{trace.override.reason}</div>}
            </li>
          )}
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
