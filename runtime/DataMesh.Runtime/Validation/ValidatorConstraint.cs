using System.Globalization;
using System.Text;
using DataMesh.Json;

namespace DataMesh.Validation;

/// <summary>A validator of a standard package, <c>strings.MinRunes(3)</c>.</summary>
public sealed class ValidatorConstraint : Constraint
{
    private readonly Validators.Test _test;
    private readonly long _argument;
    private readonly string _argumentText;

    /// <param name="text">As CUE prints it.</param>
    /// <param name="kinds">The types that it takes.</param>
    /// <param name="name">The function, <c>strings.MinRunes</c>; one of those that <see cref="Validators"/> knows.</param>
    /// <param name="argument">Its argument as JSON text; empty when it takes none.</param>
    /// <exception cref="ArgumentException">The function is not known.</exception>
    public ValidatorConstraint(string text, ValueKinds kinds, string name, string argument)
        : base(text, kinds)
    {
        _test = Validators.Find(name);
        _argumentText = argument;
        _ = long.TryParse(argument, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _argument);
    }

    /// <inheritdoc/>
    public override bool Accepts(in JsonNumber number) =>
        base.Accepts(number) && Accepts(JsonNode.Number(Encoding.ASCII.GetString(number.Text)));

    /// <inheritdoc/>
    public override bool Accepts(ReadOnlySpan<byte> text)
    {
        if (!base.Accepts(text))
            return false;

        // The two that are common on strings cost no copy.
        if (_test == Validators.MinRunes)
            return Validators.RuneCount(text) >= _argument;
        if (_test == Validators.MaxRunes)
            return Validators.RuneCount(text) <= _argument;
        return Accepts(JsonNode.String(Encoding.UTF8.GetString(text)));
    }

    internal override bool Accepts(JsonNode node) => _test(node, _argument, _argumentText) is null;

    internal override string Message(string shown, JsonNode node)
    {
        string? reason = _test(node, _argument, _argumentText);
        return $"invalid value {shown} (does not satisfy {Text}){(string.IsNullOrEmpty(reason) || shown == CueText.Hidden ? "" : ": " + reason)}";
    }
}
