package dev.koda.checks.network;

import dev.koda.checks.CheckId;
import dev.koda.checks.network.AddressGuard.RefusedAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which checks the {@link AddressGuard} holds off from where. Each is told once, and again only when its target has led to
 * another address meanwhile, or has answered: a check that runs every minute is no news every minute. Thread-safe.
 */
public final class RefusedAddresses {
    /** By check and target, the address that was refused last. */
    private final Map<Asked, String> known = new HashMap<>();

    private Consumer<Refused> listener = refused -> {};

    private RefusedAddresses() {}

    /** None yet, and nobody who hears of them. */
    public static RefusedAddresses none() {
        return new RefusedAddresses();
    }

    private record Asked(CheckId check, String target) {}

    /**
     * One that is news.
     *
     * @param check which was held off
     * @param target what it was to ask: scheme, host, port and path
     * @param address where that leads: a literal address
     */
    public record Refused(CheckId check, String target, String address) {}

    /** Tells this one from now on, and of those that were refused before; on any thread. */
    public void tell(Consumer<Refused> other) {
        Objects.requireNonNull(other, "other");
        Map<Asked, String> before;
        synchronized (this) {
            listener = other;
            before = Map.copyOf(known);
        }
        before.forEach((asked, address) -> other.accept(new Refused(asked.check(), asked.target(), address)));
    }

    /** A request has ended: with this failure, or with an answer. */
    void note(CheckId check, HttpTarget target, @Nullable Throwable failure) {
        var asked = new Asked(check, target.toString());
        var address = addressIn(failure);
        if (address.isPresent()) {
            heard(asked, address.get()).accept(new Refused(check, asked.target(), address.get()));
        } else if (failure == null) {
            forget(asked);
        }
    }

    private synchronized Consumer<Refused> heard(Asked asked, String address) {
        return address.equals(known.put(asked, address)) ? repeated -> {} : listener;
    }

    private synchronized void forget(Asked asked) {
        known.remove(asked);
    }

    private static Optional<String> addressIn(@Nullable Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(RefusedAddress.class::isInstance)
                .map(cause -> ((RefusedAddress) cause).address)
                .findFirst();
    }
}
