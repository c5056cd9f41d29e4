using System.Text;
using DataMesh.Channels;

namespace DataMesh.Platform.Tests;

public sealed class LogTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_event_that_comes_off_the_channel_is_logged()
    {
        await using var platform = await Platform.StartAsync();
        await platform.PostAsync(Platform.John);
        var line = await platform.Log.WaitForAsync("off the channel", Token);
        Assert.StartsWith("Information: off the channel: Identity ", line);
        Assert.Contains(" at 0:0: Identity { First = John, Last = Doe, Age = 40 }", line);
    }

    [Fact]
    public async Task A_record_that_is_no_event_is_logged_and_does_not_end_the_loop()
    {
        await using var platform = await Platform.StartAsync();
        await platform.Channel.AppendAsync(new(Encoding.UTF8.GetBytes("garbage")), Token);
        await platform.PostAsync(Platform.John);
        Assert.StartsWith(
            "Warning: off the channel at 0:0, not a valid event: specversion: required attribute is missing",
            await platform.Log.WaitForAsync("off the channel", Token));
        Assert.Contains(" at 0:1: ", await platform.Log.WaitForAsync("off the channel", Token));
    }

    [Fact]
    public async Task A_channel_that_is_not_there_yet_is_said_so()
    {
        await using var platform = await Platform.StartAsync(
            channel: new StubChannel(static _ => default, new("kafka", ChannelState.Unavailable, "connecting")));
        Assert.Equal(
            "Warning: the kafka channel is not available (connecting); serving, and connecting when it comes",
            await platform.Log.WaitForAsync("the kafka channel", Token));
    }
}
