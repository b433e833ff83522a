// The first password that was typed a moment ago, so that nobody must type it twice. In memory only, and once.
let first = "";

export const holdFirstPassword = (password: string): void => {
  first = password;
};

export const firstPassword = (): string => first;
export const forgetFirstPassword = (): void => {
  first = "";
};
