/** A stack in memory, for tests. Start with {@link dolmen.stack.memory.MemoryHost}. */
package dolmen.stack.memory;
