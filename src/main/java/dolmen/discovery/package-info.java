/**
 * Finds out how a running stack is set up and writes it down as settings. Start with {@link dolmen.discovery.Discovery}.
 */
package dolmen.discovery;
