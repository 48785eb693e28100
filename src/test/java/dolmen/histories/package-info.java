/**
 * A machine that looks for faults: it makes random histories of ordinary events ({@link dolmen.histories.Events}), plays them
 * with Dolmen's own classes ({@link dolmen.histories.Machine}), checks after each what must be true ({@link
 * dolmen.histories.Invariants}), and shrinks what fails. Begin with {@link dolmen.histories.Histories}.
 */
package dolmen.histories;
