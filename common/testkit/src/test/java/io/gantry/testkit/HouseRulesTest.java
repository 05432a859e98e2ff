package io.gantry.testkit;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;

/** Also for the contract: the testkit needs it, so that it cannot have these rules in tests of its own. */
@AnalyzeClasses(
        packages = {"io.gantry.testkit", "io.gantry.contract"},
        importOptions = DoNotIncludeTests.class)
class HouseRulesTest {
    @ArchTest
    static final ArchTests HOUSE_RULES = ArchTests.in(HouseRules.class);
}
