import type { Plugin } from 'vite'

export type Message = string | [singular: string, plural: string]
export function messagesOf(source: string): Message[]
export function collectMessages(messages: Map<string, Message>): Plugin
