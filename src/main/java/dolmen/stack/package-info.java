/**
 * How the parts of a stack are reached: the Docker engine or this machine. The only package that starts processes or
 * talks to Docker. Start with {@link dolmen.stack.Host}.
 */
package dolmen.stack;
