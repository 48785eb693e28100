/** Who is told what, and in which words; how it is sent is a matter of the routes. */
package dolmen.notices;
