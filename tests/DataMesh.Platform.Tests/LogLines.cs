using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace DataMesh.Platform.Tests;

/// <summary>Collects what is logged, to be waited for.</summary>
internal sealed class LogLines : ILoggerProvider
{
    private readonly Channel<string> _lines = System.Threading.Channels.Channel.CreateUnbounded<string>();

    /// <summary>The next line that contains a text; waits for it.</summary>
    public async Task<string> WaitForAsync(string text, CancellationToken cancellationToken)
    {
        await foreach (var line in _lines.Reader.ReadAllAsync(cancellationToken))
        {
            if (line.Contains(text, StringComparison.Ordinal))
                return line;
        }
        throw new InvalidOperationException("the log ended");
    }

    public ILogger CreateLogger(string categoryName) => new Logger(_lines.Writer);

    public void Dispose() => _lines.Writer.TryComplete();

    private sealed class Logger(ChannelWriter<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.TryWrite($"{logLevel}: {formatter(state, exception)}");
    }
}
