using DataMesh.Cue.Values;

namespace DataMesh.Cue.Builtins;

/// <summary>What a standard function objects to in its arguments; the evaluator puts "error in call to ..." before it.</summary>
internal sealed class BuiltinException : Exception
{
    public BuiltinException(string message)
        : base(message)
    {
    }

    /// <summary>Where in the text that is read it is, if that is not where reading ended.</summary>
    public int? Offset { get; init; }

    /// <summary>What it is about.</summary>
    public CueErrorReason Reason { get; init; }
}
