package io.gantry.scheduler.schedule;

import io.gantry.database.history.History;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Runs of schedules that are long over go, and schedules that ended long ago. */
@Configuration(proxyBeanMethods = false)
class ScheduleHistory {
    /** The last deployment that a schedule asked for stays: it is what the schedule's end stops. */
    @Bean
    History oldScheduleRuns() {
        return new History("runs of schedules", """
                delete from schedule_run where (schedule, due_at) in (
                    select schedule, due_at from schedule_run old
                    where fired_at < :limit
                          and (deployment is null
                               or exists (select from schedule_run newer
                                          where newer.schedule = old.schedule and newer.due_at > old.due_at
                                                and newer.deployment is not null))
                    order by fired_at limit :most for update skip locked)
                returning schedule""");
    }

    @Bean
    History oldEndedSchedules() {
        return new History("schedules", """
                delete from schedule where id in (
                    select id from schedule ended
                    where next_work is null and created_at < :limit
                          and not exists (select from schedule_run
                                          where schedule = ended.id and fired_at >= :limit)
                    order by created_at limit :most for update skip locked)
                returning id""");
    }
}
