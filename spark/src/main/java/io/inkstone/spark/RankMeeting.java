package io.inkstone.spark;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.train.ranks.RankPlace;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.BarrierTaskInfo;

/** How the tasks of a barrier stage find each other: each says where it is, and all take the store of the first. */
final class RankMeeting {
    private static final String LOOPBACK = "127.0.0.1";

    private RankMeeting() {}

    static RankPlace of(BarrierTaskContext context) {
        int rank = context.partitionId();
        List<String> hosts = Arrays.stream(context.getTaskInfos())
                .map(BarrierTaskInfo::address)
                .map(RankMeeting::host)
                .toList();
        String port = context.allGather(rank == 0 ? freePort() : "")[0];
        int before = (int)
                hosts.subList(0, rank).stream().filter(hosts.get(rank)::equals).count();
        boolean together = hosts.stream().distinct().count() == 1;
        return new RankPlace(rank, before, hosts.size(), together ? LOOPBACK : hosts.get(0), Integer.parseInt(port));
    }

    /** Of {@code host:port}; one of IPv6 stands in brackets. */
    static String host(String address) {
        int colon = address.lastIndexOf(':');
        return (colon < 0 ? address : address.substring(0, colon)).replaceAll("^\\[|]$", "");
    }

    private static String freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return String.valueOf(socket.getLocalPort());
        } catch (IOException none) {
            throw new InputException(Words.of("Rank 0 has no free port: %s.", none.getMessage()), none);
        }
    }
}
