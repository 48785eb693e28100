/**
 * Checks the stack and the set-up before any backup, and reports what is healthy and what is not. {@link
 * dolmen.doctor.Doctor} is the table of contents, each line one check.
 */
package dolmen.doctor;
