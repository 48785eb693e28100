/**
 * How the parts of a stack are reached, wherever they run. This package and those below it alone start processes or talk to
 * Docker. Start with {@link dolmen.stack.Host}.
 */
package dolmen.stack;
