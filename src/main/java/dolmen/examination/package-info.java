/** The look into what a backup holds, the same for verify, restore and export. */
package dolmen.examination;
