// Room for more than a few kilobytes: IndexedDB on the web, in WeChat its storage in pieces. What does not fit is not kept.
import Taro from "@tarojs/taro";
import { IS_WEAPP } from "./server";

const DATABASE = "huiliu";
const TABLE = "shelf";
const PIECE = 300_000; // WeChat takes a megabyte under one name; a character may be three bytes

let opened: Promise<IDBDatabase> | null = null;

function database(): Promise<IDBDatabase> {
  if (IS_WEAPP) throw new Error("WeChat keeps pieces");
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(TABLE);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  return opened;
}

async function inTable<T>(
  mode: IDBTransactionMode,
  work: (table: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const table = (await database()).transaction(TABLE, mode).objectStore(TABLE);
  return new Promise((resolve, reject) => {
    const asked = work(table);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

const pieceName = (name: string, index: number): string => `huiliu.shelf.${name}.${index}`;

async function fetchPieces(name: string): Promise<string | null> {
  const pieces: string[] = [];
  for (let index = 0; ; index += 1) {
    const found = await Taro.getStorage<string>({ key: pieceName(name, index) }).catch(() => null);
    if (!found) break;
    pieces.push(found.data);
  }
  return pieces.length ? pieces.join("") : null;
}

async function dropPieces(name: string, from = 0): Promise<void> {
  for (let index = from; ; index += 1) {
    const is = await Taro.getStorage({ key: pieceName(name, index) }).catch(() => null);
    if (!is) return;
    await Taro.removeStorage({ key: pieceName(name, index) });
  }
}

async function keepPieces(name: string, text: string): Promise<void> {
  let index = 0;
  for (; index * PIECE < text.length; index += 1)
    await Taro.setStorage({
      key: pieceName(name, index),
      data: text.slice(index * PIECE, (index + 1) * PIECE),
    });
  await dropPieces(name, index);
}

/** The text under that name, or null. */
export async function fetchText(name: string): Promise<string | null> {
  try {
    return IS_WEAPP
      ? await fetchPieces(name)
      : ((await inTable("readonly", (table) => table.get(name))) ?? null);
  } catch {
    return null;
  }
}

/** Keeps a text; false when the device would not. */
export async function keepText(name: string, text: string): Promise<boolean> {
  try {
    if (IS_WEAPP) await keepPieces(name, text);
    else await inTable("readwrite", (table) => table.put(text, name));
    return true;
  } catch {
    return false;
  }
}

export async function dropText(name: string): Promise<void> {
  try {
    if (IS_WEAPP) await dropPieces(name);
    else await inTable("readwrite", (table) => table.delete(name));
  } catch {
    // then there was nothing
  }
}
