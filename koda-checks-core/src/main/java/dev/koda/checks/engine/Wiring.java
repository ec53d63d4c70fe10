package dev.koda.checks.engine;

import dev.koda.checks.Service;
import dev.koda.checks.TimeSource;

/** What every part of one engine shares. */
record Wiring(TimeSource time, Service service, Listeners listeners, Texts texts, BlockingPool pool) {}
