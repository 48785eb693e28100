/**
 * The start of Camel and the wiring by hand, one class for each group of routes: the one place that knows every part.
 * Start with {@link dolmen.app.Application}.
 */
package dolmen.app;
