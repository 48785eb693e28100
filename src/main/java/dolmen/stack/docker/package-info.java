/** A stack in containers of a Docker engine. Start with {@link dolmen.stack.docker.DockerHost}. */
package dolmen.stack.docker;
