package org.embassage.store;

import java.util.List;
import javax.sql.DataSource;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jdbi.v3.core.Jdbi;

/** Brings the schema to this program's version, or checks that it is there. */
final class Migrations {

    /** The newest migration that this program has. */
    static final String VERSION = "17.1";

    private static final String FOLDER = "classpath:org/embassage/store/db/";

    private Migrations() {}

    /** @throws Broken STORE_VERSION if a newer program wrote the schema or its history was altered */
    static void migrate(DataSource source, Dialect dialect) {
        try {
            Flyway.configure()
                    .dataSource(source)
                    .locations(FOLDER + "common", FOLDER + dialect.folder())
                    .failOnMissingLocations(true)
                    .placeholders(dialect.words())
                    .ignoreMigrationPatterns(new String[0]) // by default those of a newer program
                    .cleanDisabled(true)
                    .load()
                    .migrate();
        } catch (FlywayValidateException otherVersion) {
            throw new Broken(FaultCode.STORE_VERSION);
        } catch (FlywayException failed) {
            throw Failures.unavailable(failed);
        }
    }

    /** @throws Broken STORE_VERSION unless the schema is exactly this program's */
    static void check(Jdbi reads) {
        List<String> versions = Reads.of(
                reads,
                handle -> handle.createQuery(
                                "SELECT version FROM flyway_schema_history WHERE success AND version IS NOT NULL"
                                        + " ORDER BY installed_rank DESC")
                        .mapTo(String.class)
                        .list());
        if (versions.isEmpty() || !versions.get(0).equals(VERSION)) {
            throw new Broken(FaultCode.STORE_VERSION);
        }
    }
}
