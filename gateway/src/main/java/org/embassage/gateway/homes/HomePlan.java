package org.embassage.gateway.homes;

import java.nio.file.Path;
import java.util.Locale;
import org.embassage.evidence.GatewayId;

/**
 * The home that shall be made.
 *
 * @param gateway its id
 * @param home the folder; made if it is not there
 * @param descriptions which of the shipped feeds and formats to begin with: {@code qvl} or {@code qos}
 * @param jms port of the embedded broker
 * @param sftp port of the embedded SFTP server
 * @param observe port of health and metrics
 * @param contentDays content is erased so many days after its exchange closed
 */
public record HomePlan(
        GatewayId gateway, Path home, String descriptions, int jms, int sftp, int observe, int contentDays) {

    /** The descriptions that fit a country best. */
    public static String descriptionsOf(GatewayId gateway) {
        return gateway.country().equals("QOS") ? "qos" : "qvl";
    }

    /** The file of the feed among the descriptions, relative to the home. */
    String feed() {
        return descriptions.equals("qos") ? "feeds/police.yaml" : "feeds/border-guard.yaml";
    }

    /** The name of that feed. */
    public String feedName() {
        return descriptions.equals("qos") ? "police" : "border-guard";
    }

    String format() {
        return descriptions.toLowerCase(Locale.ROOT).equals("qos") ? "formats/qos-csv.yaml" : "formats/qvl-xml.yaml";
    }
}
