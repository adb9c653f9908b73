import type { Plugin } from 'vite'

export function messagesOf(source: string): string[]
export function collectMessages(messages: Set<string>): Plugin
