// From a proof to a session. In WeChat the phone, once proven, can be bound: from then on WeChat's word is enough.
import { bindWechat, bindWechatByPhone, signIn, signInByCode, signInByWechat } from "@/gen/access/access";
import type { SessionOut } from "@/gen/model";
import { IS_WEAPP } from "@/platform/server";
import { appId, wechatCode } from "@/platform/wechat";
import { asProblem, type Problem } from "@/problem";
import { type Chosen, factorOf } from "./asks";
import { plainPhone } from "./phone";

interface ByPassword {
  way: "password";
  username: string;
  password: string;
}

interface ByCode {
  way: "code";
  phone: string;
  code: string;
}

/** WeChat's word alone; asked for quietly, nobody is told why it opened nothing. */
interface ByWechat {
  way: "wechat";
  isQuiet: boolean;
}

/** The phone that WeChat knows, by a code of its button; it binds this WeChat, too. */
interface ByWechatPhone {
  way: "wechat-phone";
  code: string;
}

export type Proof = ByPassword | ByCode | ByWechat | ByWechatPhone;

export interface Attempt {
  proof: Proof;
  chosen: Chosen;
  /** WeChat opens this account from now on. */
  isBinding: boolean;
}

export interface Entered {
  session: SessionOut;
  /** What kept WeChat from being bound, although it was wished: one is signed in all the same. */
  unbound: Problem | null;
}

/** The permission to bind this WeChat, given when it was found to be nobody's; it lasts ten minutes. */
let ticket: string | null = null;

/** Somebody else begins: the ticket remembers whose phone was proven with it. */
export const forgetTicket = (): void => {
  ticket = null;
};

export const ticketOf = (problem: Problem): string | null =>
  problem.code === "access.wechat_not_bound" && typeof problem.facts.ticket === "string"
    ? problem.facts.ticket
    : null;

const noCode: Problem = { ...asProblem(null), code: "wechat.code_wrong", detail: "" };

const answers = ({ userId, factor }: Chosen) => ({ user_id: userId, ...factorOf(factor) });

/** Signs in by WeChat alone; keeps the ticket of one that is nobody's. Rejects with a Problem. */
async function bySilence(chosen: Chosen): Promise<SessionOut> {
  const code = await wechatCode();
  if (!code) throw noCode;
  try {
    return await signInByWechat({ code, app_id: appId(), ...answers(chosen) });
  } catch (error) {
    ticket = ticketOf(asProblem(error)) ?? ticket;
    throw error;
  }
}

async function bindAfterwards(): Promise<Problem | null> {
  const code = await wechatCode();
  if (!code) return noCode;
  return bindWechat({ code, app_id: appId() }).then(
    () => null,
    (error: unknown) => asProblem(error),
  );
}

/** A session, or the next question as a refusal. `opened` is told of it before anything else is asked in its name. */
export async function enter(
  { proof, chosen, isBinding }: Attempt,
  opened: (session: SessionOut) => void,
): Promise<Entered> {
  const isWished = IS_WEAPP && isBinding;
  if (proof.way === "wechat") {
    const session = await bySilence(chosen);
    opened(session);
    return { session, unbound: null };
  }
  if (proof.way === "wechat-phone") {
    const session = await byWechatPhone(proof, chosen);
    opened(session);
    return { session, unbound: null };
  }
  if (proof.way === "code" && isWished && ticket) {
    const session = await byTicket(ticket, proof, chosen);
    if (session) {
      opened(session);
      return { session, unbound: null };
    }
  }
  const session = await (proof.way === "code" ? byCode(proof, chosen) : byPassword(proof, chosen));
  opened(session);
  // A first password is known to others, too: WeChat opens an account only once its owner has an own one.
  const isBound = isWished && !session.must_change_password;
  return { session, unbound: isBound ? await bindAfterwards() : null };
}

function byPassword({ username, password }: ByPassword, chosen: Chosen): Promise<SessionOut> {
  return signIn({ username: username.trim(), password, ...answers(chosen), device: IS_WEAPP });
}

function byCode({ phone, code }: ByCode, chosen: Chosen): Promise<SessionOut> {
  return signInByCode({ phone: plainPhone(phone), code: code.trim(), ...answers(chosen), device: IS_WEAPP });
}

/** Signs in and binds in one step everyone who has this phone; null when the ticket has grown too old. */
async function byTicket(held: string, { phone, code }: ByCode, chosen: Chosen): Promise<SessionOut | null> {
  try {
    return await bindWechatByPhone({
      ticket: held,
      phone: plainPhone(phone),
      code: code.trim(),
      ...answers(chosen),
    });
  } catch (error) {
    if (asProblem(error).code !== "access.wechat_ticket_wrong") throw error;
    ticket = null;
    return null;
  }
}

/** Signs in and binds in one step everyone who has the phone that WeChat knows. Asked again for whom one comes, the
 * ticket remembers the phone: WeChat's code counts once.
 */
async function byWechatPhone({ code }: ByWechatPhone, chosen: Chosen): Promise<SessionOut> {
  const isAnswer = chosen.userId !== null || chosen.factor !== "";
  for (let attempt = 1; ; attempt += 1) {
    const session = ticket ? null : await freshTicket(chosen);
    if (session) return session;
    try {
      return await bindWechatByPhone({
        ticket: ticket ?? "",
        phone_code: isAnswer ? "" : code,
        ...answers(chosen),
      });
    } catch (error) {
      if (asProblem(error).code !== "access.wechat_ticket_wrong") throw error;
      ticket = null;
      if (isAnswer || attempt > 1) throw error;
    }
  }
}

/** A new ticket for this WeChat; a session when it was bound meanwhile. */
async function freshTicket(chosen: Chosen): Promise<SessionOut | null> {
  try {
    return await bySilence(chosen);
  } catch (error) {
    if (ticketOf(asProblem(error))) return null;
    throw error;
  }
}
