/**
 * The HTTP server: probes, metrics, check documentation and the operations API over one check engine.
 *
 * <p>{@link dev.koda.server.KodaServer} is a verticle that owns the engine it serves; {@link
 * dev.koda.server.ServerMain} is the process around it.
 */
@NullMarked
package dev.koda.server;

import org.jspecify.annotations.NullMarked;
