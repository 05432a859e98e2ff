package io.gantry.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.UUID;

/** How the code of every module is laid out. A module's test adopts them by {@code @ArchTest ArchTests.in(HouseRules.class)}. */
public final class HouseRules {
    private static final String BANNED_NAMES =
            ".*(Impl|Util|Utils|Helper|Manager|Processor|Handler|Info|Data|Dto|DTO|Base)";

    @ArchTest
    static final ArchRule names_say_what_a_type_does = noClasses()
            .that()
            .areTopLevelClasses()
            .should()
            .haveNameMatching(BANNED_NAMES)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule no_layers_as_folders = noClasses()
            .should()
            .resideInAnyPackage("..controller..", "..service..", "..repository..", "..dto..", "..util..", "..model..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule dependencies_come_by_constructor = noFields()
            .should()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
            .orShould()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nobody_reads_a_hidden_clock = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule packages_form_no_cycles =
            slices().matching("io.gantry.(**)").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule listeners_are_seen_by_spring_alone = classes()
            .that()
            .haveSimpleNameEndingWith("Listener")
            .and()
            .areTopLevelClasses()
            .should()
            .notBePublic()
            .allowEmptyShould(true);

    private HouseRules() {}
}
