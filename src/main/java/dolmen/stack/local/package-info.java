/** A stack of services on this machine. Start with {@link dolmen.stack.local.LocalHost}. */
package dolmen.stack.local;
