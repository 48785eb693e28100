/**
 * Looks at the source and the set-up before any backup and says what is well and what is not. {@link
 * dolmen.doctor.Doctor} is the table of contents, each line one check.
 */
package dolmen.doctor;
