package io.gantry.monitoring.watch;

import io.gantry.monitoring.incident.StartUps;
import io.gantry.monitoring.unit.FleetUnits;
import io.gantry.monitoring.unit.Unit;
import io.gantry.monitoring.unit.Units;
import io.gantry.remote.Engines;
import io.gantry.remote.HealthProbe;
import java.net.http.HttpClient;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the watch is put together from. */
@Configuration(proxyBeanMethods = false)
class WatchParts {
    @Bean
    Engines engines(EngineSettings settings) {
        return new Engines(settings.sshKey());
    }

    @Bean
    StartUps startUps(WatchSettings settings) {
        return unit -> unit instanceof Unit.Replica(var service, var _)
                ? settings.graceOf(service).startUp()
                : settings.grace().startUp();
    }

    @Bean
    Pulse pulse(WatchSettings settings) {
        return new Pulse(System::nanoTime, settings.stall());
    }

    @Bean(destroyMethod = "shutdownNow")
    ExecutorService watchThreads() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("watch-", 0).factory());
    }

    @Bean(destroyMethod = "shutdownNow")
    HttpClient readinessClient(WatchSettings settings) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.answerWithin())
                .build();
    }

    @Bean
    HealthProbe healthProbe() {
        return new HealthProbe();
    }

    @Bean
    Probes probes(
            Engines engines,
            HttpClient readinessClient,
            HealthProbe healthProbe,
            ExecutorService watchThreads,
            WatchSettings settings) {
        return new NetworkProbes(
                new EngineQuestions(engines), readinessClient, healthProbe, watchThreads, settings.answerWithin());
    }

    @Bean
    Watch watch(
            FleetUnits fleet,
            Turn turn,
            Probes probes,
            Judgements judgements,
            Pulse pulse,
            WatchSettings settings,
            ExecutorService watchThreads) {
        return new Watch(fleet, turn, probes, judgements, pulse, settings, watchThreads);
    }

    @Bean
    InstanceWatch instanceWatch(
            Units units,
            FleetUnits fleet,
            Turn turn,
            Probes probes,
            Judgements judgements,
            Pulse pulse,
            WatchSettings settings,
            InstanceSettings ofInstances,
            ExecutorService watchThreads) {
        return new InstanceWatch(units, fleet, turn, probes, judgements, pulse, settings, ofInstances, watchThreads);
    }
}
