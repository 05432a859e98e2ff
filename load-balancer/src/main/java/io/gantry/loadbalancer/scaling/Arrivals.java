package io.gantry.loadbalancer.scaling;

import io.gantry.loadbalancer.ServiceId;
import io.gantry.loadbalancer.reservation.Places;
import io.gantry.messaging.News;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Instances that have a place and have not been heard to run. Their deployment may have succeeded already, to the knowledge of
 * whoever asks: he is not told that nothing runs before they had time to be heard of.
 */
@Component
class Arrivals {
    private final Places places;
    private final ScaleSettings settings;
    private final News news = new News();

    Arrivals(Places places, ScaleSettings settings) {
        this.places = places;
        this.settings = settings;
    }

    void heard() {
        news.tell();
    }

    /** @param look finds nothing while no instance of the service is known to run */
    <T> Optional<T> awaited(ServiceId service, Supplier<Optional<T>> look) throws InterruptedException {
        Optional<T> found = look.get();
        return found.isEmpty() && places.areKeptFor(service) ? news.await(settings.arrival(), look) : found;
    }
}
