package io.gantry.scheduler.live;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param heartbeat often enough that nothing between here and the reader takes the silence for the end */
@ConfigurationProperties("scheduler.live")
record LiveSettings(@DefaultValue("15s") Duration heartbeat) {}
