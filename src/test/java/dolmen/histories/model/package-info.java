/** What should be true, as plain values that share nothing with the code under test. */
package dolmen.histories.model;
