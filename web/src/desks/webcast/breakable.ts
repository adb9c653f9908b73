/** Where addresses and the names of settings may go on in the next line; knows no page. */

/** In parts, to be broken between them: after slashes, question marks and underscores. */
export const breakable = (text: string): string[] => text.split(/(?<=[_?&]|\/(?!\/))(?=\S)/)
