/** Steps that several pipelines share. */
package shared;
