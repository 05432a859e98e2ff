package io.gantry.deployer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.gantry.testkit.HouseRules;

@AnalyzeClasses(packages = "io.gantry.deployer", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule the_state_machine_touches_nothing = noClasses()
            .that()
            .resideInAPackage("..leg..")
            .and()
            .doNotHaveSimpleName("Limits")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "com.github..", "java.sql..", "java.net..", "java.nio..");
}
