namespace DataMesh.Differential.Generation;

/// <summary>The parts of the language that a random package may use; each package uses some.</summary>
[Flags]
internal enum Feature
{
    Definitions = 1 << 0,
    Constraints = 1 << 1,
    Patterns = 1 << 2,
    Embedding = 1 << 3,
    Comprehensions = 1 << 4,
    DynamicFields = 1 << 5,
    Let = 1 << 6,
    Disjunctions = 1 << 7,
    Defaults = 1 << 8,
    Bounds = 1 << 9,
    Arithmetic = 1 << 10,
    Comparisons = 1 << 11,
    Strings = 1 << 12,
    Lists = 1 << 13,
    Selectors = 1 << 14,
    Builtins = 1 << 15,
    Packages = 1 << 16,
    Validators = 1 << 17,
    OddLiterals = 1 << 18,
    Unification = 1 << 19,
}

internal static class Features
{
    public const int Count = 20;
}

/// <summary>What an expression is wanted to be, most of the time.</summary>
internal enum Kind
{
    Any,
    Int,
    Number,
    String,
    Bool,
    List,
    Struct,
}
